export const id=1597;export const ids=[1597];export const modules={1597:((e,t,n)=>{n.d(t,{defaults:()=>r.n});var r=n(5060)})};
